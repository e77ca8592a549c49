import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useLedger } from '../api/ledger';
import { count } from '../text/count';
import styles from './shell.module.css';

/** In one line: whether all that was received in the last thirty days is accounted for. */
export function LedgerLine() {
  const { data: ledger, error } = useLedger();
  if (error) return <span>The ledger could not be read: {error.message}</span>;
  if (!ledger) return <span>Reading the ledger</span>;
  const { received, stored, duplicate, excluded, quarantined } = ledger.total;
  const Icon = ledger.adds_up ? CircleCheck : TriangleAlert;
  return (
    <span className={ledger.adds_up ? styles.good : styles.bad}>
      <Icon size={13} aria-hidden />{' '}
      <span>
        {ledger.adds_up ? 'All accounted for' : 'The accounts do not add up'},
        30 days: {count(received)} received = {count(stored)} stored +{' '}
        {count(duplicate)} sent twice + {count(excluded)} excluded +{' '}
        {count(quarantined)} quarantined
      </span>
    </span>
  );
}
