import { useSearchParams } from 'wouter';
import { Page } from '../components/page';
import { Tabs } from '../components/tabs';
import { LedgerTab } from './ledger-tab';
import { QuarantineTab } from './quarantine-tab';
import { StorageTab } from './storage-tab';
import { StreamsTab } from './streams-tab';

const TABS = [
  { id: 'ledger', label: 'Ledger', content: <LedgerTab /> },
  { id: 'streams', label: 'Streams', content: <StreamsTab /> },
  { id: 'quarantine', label: 'Quarantine', content: <QuarantineTab /> },
  { id: 'storage', label: 'Lag and storage', content: <StorageTab /> },
] as const;

/** Whether all came that was sent, and what became of it. */
export function Health() {
  const [params, setParams] = useSearchParams();
  const asked = params.get('tab');
  return (
    <Page
      title="Health"
      lead="Whether all came that was sent, what became of it, and how much room it takes."
    >
      <Tabs
        label="Health"
        tabs={TABS}
        selected={TABS.find(({ id }) => id === asked)?.id ?? 'ledger'}
        onSelect={(tab) => setParams({ tab })}
      />
    </Page>
  );
}
