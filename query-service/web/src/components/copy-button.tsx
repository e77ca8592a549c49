import { Copy } from 'lucide-react';
import { Button } from './button';
import { showToast } from './toast';

/** Puts a text into the clipboard, and says so. */
export async function copyText(text: string, what = 'Copied'): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast(what);
  } catch {
    showToast(
      'The browser does not let this page copy; it needs HTTPS or localhost',
      { isError: true },
    );
  }
}

/** A small button that copies a text. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  return (
    <Button
      look="quiet"
      isIcon
      aria-label={label}
      onPress={() => void copyText(text)}
    >
      <Copy size={14} aria-hidden />
    </Button>
  );
}
