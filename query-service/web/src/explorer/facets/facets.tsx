import { useFacets } from '../../api/events';
import type { FieldName } from '../../api/types';
import type { Explorer } from '../use-explorer';
import { FacetGroup } from './facet-group';
import styles from './facets.module.css';
import { FEW, TOGETHER } from './together';

/** Other fields that can be chosen from, and whether their values are shown from the start. */
const OTHERS: readonly (readonly [FieldName, boolean])[] = [
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
  const { data, error } = useFacets(explorer.params, TOGETHER, { limit: FEW });
  return (
    <div className={styles.facets}>
      {TOGETHER.map((field) => (
        <FacetGroup
          key={field}
          field={field}
          few={FEW}
          isOpenAtFirst
          fetched={{ facet: data?.[field], error }}
          explorer={explorer}
        />
      ))}
      {OTHERS.map(([field, isOpen]) => (
        <FacetGroup
          key={field}
          field={field}
          few={FEW}
          isOpenAtFirst={isOpen}
          explorer={explorer}
        />
      ))}
    </div>
  );
}
