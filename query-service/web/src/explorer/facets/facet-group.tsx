import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { Heading } from 'react-aria-components/Heading';
import { useFacets } from '../../api/events';
import type { Facet, FieldName } from '../../api/types';
import { TextField } from '../../components/text-field';
import { labelOf } from '../../query/fields';
import { count } from '../../text/count';
import type { Explorer } from '../use-explorer';
import { FacetValue } from './facet-value';
import styles from './facets.module.css';

/** From so many values on they can be searched. */
const SEARCH_FROM = 8;
const FEW = 8;
const MANY = 200;

/** One field with its values. They are fetched once it is open. */
export function FacetGroup({
  field,
  isOpenAtFirst,
  explorer,
}: {
  field: FieldName;
  isOpenAtFirst: boolean;
  explorer: Explorer;
}) {
  const chosen = explorer.search.filters.some((one) => one.field === field);
  const [isOpen, setOpen] = useState(isOpenAtFirst || chosen);
  const [contains, setContains] = useState('');
  const [limit, setLimit] = useState(FEW);
  const { data, error } = useFacets(explorer.params, [field], {
    contains,
    limit,
    isEnabled: isOpen,
  });
  const facet = data?.[field];
  const label = labelOf(field);
  const most = Math.max(...(facet?.values.map((one) => one.count) ?? []), 1);
  return (
    <Disclosure
      className={styles.group!}
      isExpanded={isOpen}
      onExpandedChange={setOpen}
    >
      <Heading level={3} className={styles.heading!}>
        <Button slot="trigger" className={styles.trigger!}>
          <ChevronRight size={13} aria-hidden className={styles.arrow} />
          {label}
          {facet && facet.distinct_count > FEW && (
            <span className={styles.distinct}>
              {count(facet.distinct_count)}
            </span>
          )}
        </Button>
      </Heading>
      <DisclosurePanel>
        {(contains !== '' || (facet?.distinct_count ?? 0) > SEARCH_FROM) && (
          <div className={styles.search}>
            <TextField
              label={`Search in ${label}`}
              isLabelHidden
              placeholder="Search"
              value={contains}
              onChange={setContains}
            />
          </div>
        )}
        {error && <p className={styles.note}>{error.message}</p>}
        <ul aria-label={label}>
          {facet?.values.map((one) => (
            <FacetValue
              key={JSON.stringify(one.value)}
              field={field}
              {...one}
              share={one.count / most}
              explorer={explorer}
            />
          ))}
        </ul>
        {facet && <Coverage facet={facet} />}
        {facet &&
          facet.distinct_count > facet.values.length &&
          limit < MANY && (
            <Button className={styles.more!} onPress={() => setLimit(MANY)}>
              Show more
            </Button>
          )}
      </DisclosurePanel>
    </Disclosure>
  );
}

/** Where counts are not of everything, it is said there. */
function Coverage({ facet }: { facet: Facet }) {
  if (facet.coverage === 'sampled')
    return (
      <p className={styles.note}>
        Sampled: counts are of the newest 50,000 events
      </p>
    );
  if (facet.coverage === 'too-slow')
    return (
      <p className={styles.note}>Took too long to count; narrow the time</p>
    );
  return facet.values.length === 0 ? (
    <p className={styles.note}>No values</p>
  ) : null;
}
