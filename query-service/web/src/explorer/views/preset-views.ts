import { searchOf } from '../../query/search-params';
import { addressOf } from '../explorer-state';

/** A search with a name. */
export interface View {
  name: string;
  /** The address of it. */
  address: string;
}

const view = (name: string, ...filters: [string, string][]): View => ({
  name,
  address: addressOf({ search: searchOf(filters) }),
});

/** Searches that are asked again and again. */
export const presetViews: readonly View[] = [
  view('Everything'),
  view('Denied and failed', ['status', 'failed']),
  view(
    'Permission changes',
    ['event_id', 'permission*'],
    ['event_id', 'policy*'],
    ['event_id', 'role*'],
    ['event_id', 'condition*'],
    ['event_id', 'token-*'],
    ['event_id', 'rule*'],
  ),
  view(
    'Deletes',
    ['action_type', 'delete*'],
    ['action_type', 'remove*'],
    ['action_type', 'unregister*'],
  ),
  view('Never finished', ['operation_outcome', 'unfinished']),
  view('High and critical', ['severity_level', 'high,critical']),
];
