import { classes } from '../components/classes';
import type { Piece } from './raw-text';
import styles from './raw-record.module.css';

/** Pieces that are shown; a record may have very many. */
const MAX_PIECES = 2_000;

/** Bytes, as text where they are text. */
export function RawRecord({ pieces }: { pieces: readonly Piece[] }) {
  return (
    <>
      <pre className={styles.raw} tabIndex={0} aria-label="What it says">
        {pieces.slice(0, MAX_PIECES).map(({ kind, text }, i) => (
          <span key={i} className={classes(kind === 'bytes' && styles.bytes)}>
            {kind === 'bytes' ? `[${text}]` : text}
          </span>
        ))}
      </pre>
      {pieces.length > MAX_PIECES && (
        <p>Only the beginning is shown; the download has all of it.</p>
      )}
    </>
  );
}
