import type { FieldName } from '../../api/types';
import type { Explorer } from '../use-explorer';
import { FacetGroup } from './facet-group';
import styles from './facets.module.css';

/** Fields that can be chosen from, and whether their values are shown from the start. */
const GROUPS: readonly (readonly [FieldName, boolean])[] = [
  ['status', true],
  ['severity_level', true],
  ['plugin_id', true],
  ['event_id', true],
  ['actor_id', true],
  ['actor_type', false],
  ['action_type', false],
  ['entity_kind', false],
  ['entity_ref', false],
  ['outcome_reason', false],
  ['request_method', false],
  ['client_address', false],
  ['service_name', false],
];

/** Values of fields with how many events have them, to include, exclude, or have alone. */
export function Facets({ explorer }: { explorer: Explorer }) {
  return (
    <div className={styles.facets}>
      {GROUPS.map(([field, isOpen]) => (
        <FacetGroup
          key={field}
          field={field}
          isOpenAtFirst={isOpen}
          explorer={explorer}
        />
      ))}
    </div>
  );
}
