import { Fragment } from 'react';
import type { AuditEvent } from '../../api/types';
import { sentenceOf } from '../../text/sentence';
import styles from './list.module.css';

/** An event as a sentence, with what it says itself set off from our words. */
export function Sentence({ event }: { event: AuditEvent }) {
  return sentenceOf(event).map((piece, index) => (
    <Fragment key={index}>
      {'field' in piece ? (
        <b className={styles.said}>{piece.text}</b>
      ) : (
        <span className={styles.words}>{piece.text}</span>
      )}
    </Fragment>
  ));
}
