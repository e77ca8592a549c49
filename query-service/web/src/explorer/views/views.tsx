import { BookmarkPlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useMay } from '../../api/session';
import { Button } from '../../components/button';
import { classes } from '../../components/classes';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/text-field';
import { setPreferences, usePreferences } from '../../preferences';
import { RULES_PATH } from '../../settings/rules/rules-address';
import { addressOf } from '../explorer-state';
import type { Explorer } from '../use-explorer';
import { presetViews } from './preset-views';
import styles from './views.module.css';

/** Searches with a name: those that everybody asks, and those saved in this browser. */
export function Views({ explorer }: { explorer: Explorer }) {
  const { views } = usePreferences();
  const maySeeRules = useMay('audit.settings.read');
  const [isSaving, setSaving] = useState(false);
  const { search, when, by, starts, reads } = explorer;
  const here = addressOf({ search, when, by, starts, reads });
  const searchHere = addressOf({ search });
  return (
    <nav aria-label="Views" className={styles.views}>
      <ul>
        {presetViews.map(({ name, address }) => (
          <li key={name}>
            <Link
              href={address}
              className={classes(
                styles.view,
                searchHere === address && styles.here,
              )}
              aria-current={searchHere === address ? 'true' : undefined}
            >
              {name}
            </Link>
          </li>
        ))}
        {maySeeRules && (
          <li>
            <Link href={RULES_PATH} className={styles.view}>
              What is excluded
            </Link>
          </li>
        )}
        {views.map((saved) => (
          <li key={saved.name} className={styles.saved}>
            <Link
              href={saved.search}
              className={classes(
                styles.view,
                here === saved.search && styles.here,
              )}
            >
              {saved.name}
            </Link>
            <Button
              look="quiet"
              isIcon
              aria-label={`Forget the view ${saved.name}`}
              onPress={() =>
                setPreferences({ views: views.filter((one) => one !== saved) })
              }
            >
              <Trash2 size={13} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <Button look="quiet" onPress={() => setSaving(true)}>
        <BookmarkPlus size={14} aria-hidden /> Save this view
      </Button>
      {isSaving && <SaveView address={here} onClose={() => setSaving(false)} />}
    </nav>
  );
}

function SaveView({
  address,
  onClose,
}: {
  address: string;
  onClose: () => void;
}) {
  const { views } = usePreferences();
  const [name, setName] = useState('');
  const save = () => {
    const others = views.filter((one) => one.name !== name.trim());
    setPreferences({
      views: [...others, { name: name.trim(), search: address }],
    });
    onClose();
  };
  return (
    <Dialog
      title="Save this view"
      isOpen
      onClose={onClose}
      actions={
        <Button look="primary" isDisabled={!name.trim()} onPress={save}>
          Save
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save();
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          description="Kept in this browser. To share it, share the address of the page."
          autoFocus
        />
      </form>
    </Dialog>
  );
}
