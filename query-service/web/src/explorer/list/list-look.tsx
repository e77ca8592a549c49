import { Columns3, Rows3 } from 'lucide-react';
import { Button } from '../../components/button';
import { Menu } from '../../components/menu';
import { setPreferences, usePreferences } from '../../preferences';
import { columnNames, columns as headings } from './columns';

/** How dense the rows are, and which columns they have beside the sentence. */
export function ListLook() {
  const { density, columns } = usePreferences();
  return (
    <>
      <Button
        look="quiet"
        isIcon
        aria-label={
          density === 'compact' ? 'Show rows with more room' : 'Show rows dense'
        }
        aria-pressed={density === 'compact'}
        onPress={() =>
          setPreferences({
            density: density === 'compact' ? 'comfortable' : 'compact',
          })
        }
      >
        <Rows3 size={14} aria-hidden />
      </Button>
      <Menu
        label="Columns"
        selectionMode="multiple"
        selected={columns}
        trigger={
          <Button look="quiet" isIcon aria-label="Columns">
            <Columns3 size={14} aria-hidden />
          </Button>
        }
        entries={columnNames.map((name) => ({
          id: name,
          label: headings[name],
          onAction: () =>
            setPreferences({
              columns: columns.includes(name)
                ? columns.filter((one) => one !== name)
                : [...columns, name],
            }),
        }))}
      />
    </>
  );
}
