import { Copy } from 'lucide-react';
import { printJson } from '../api/json';
import type { AuditEventDetail } from '../api/types';
import { Button } from '../components/button';
import { copyText } from '../components/copy-button';
import { Menu } from '../components/menu';
import { addressOf } from '../explorer/explorer-state';
import { curlOf, sqlOf } from './copy-texts';

/** The event as a link, as JSON, or as what asks for it elsewhere. */
export function CopyMenu({ event }: { event: AuditEventDetail }) {
  const { id, event_time: time } = event;
  const link = location.origin + addressOf({ event: { id, time } });
  const entries = [
    ['link', 'Copy link', () => link],
    ['json', 'Copy JSON', () => printJson(event)],
    ['curl', 'Copy curl line', () => curlOf(event, location.origin)],
    ['sql', 'Copy SQL', () => sqlOf(event)],
  ] as const;
  return (
    <Menu
      label="Copy as"
      trigger={
        <Button look="quiet">
          <Copy size={14} aria-hidden /> Copy as
        </Button>
      }
      entries={entries.map(([key, label, text]) => ({
        id: key,
        label,
        onAction: () => void copyText(text()),
      }))}
    />
  );
}
