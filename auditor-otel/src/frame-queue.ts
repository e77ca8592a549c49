import type { Frame } from './outbox';

/** A frame and its place among all frames. */
export interface QueuedFrame {
  frame: Frame;
  order: number;
}

/** Frames in order: taken from the front, added and dropped at the end. */
export class FrameQueue {
  private frames: (QueuedFrame | undefined)[] = [];
  private head = 0;

  get length(): number {
    return this.frames.length - this.head;
  }

  first(): QueuedFrame | undefined {
    return this.frames[this.head];
  }

  all(): QueuedFrame[] {
    return this.frames.slice(this.head) as QueuedFrame[];
  }

  push(queued: QueuedFrame): void {
    this.frames.push(queued);
  }

  shift(): QueuedFrame | undefined {
    const first = this.frames[this.head];
    if (first === undefined) return undefined;
    this.frames[this.head++] = undefined;
    // Array.shift moves every element; cutting now and then moves each once.
    if (this.head > 1024 && this.head * 2 > this.frames.length) {
      this.frames = this.frames.slice(this.head);
      this.head = 0;
    }
    return first;
  }

  pop(): QueuedFrame | undefined {
    return this.length === 0 ? undefined : this.frames.pop();
  }

  /** Puts frames back where their order says. */
  putBack(returned: readonly QueuedFrame[]): void {
    const all = [...returned, ...this.frames.slice(this.head)];
    this.frames = all.sort((a, b) => a!.order - b!.order);
    this.head = 0;
  }
}
