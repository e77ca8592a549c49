import { CircleUser, LogOut } from 'lucide-react';
import { signOut, useSession } from '../api/session';
import { Button } from '../components/button';
import { Menu } from '../components/menu';
import { showToast } from '../components/toast';
import styles from './shell.module.css';

/** Who is signed in, and the way out. */
export function UserMenu() {
  const session = useSession();
  const leave = () =>
    signOut().catch((error: Error) =>
      showToast(error.message, { isError: true }),
    );
  const subject = session?.subject ?? '';
  return (
    <Menu
      label={`Signed in as ${subject}`}
      trigger={
        <Button look="quiet" aria-label={`Signed in as ${subject}`}>
          <CircleUser size={16} aria-hidden />
          <span className={styles.subject}>{subject}</span>
        </Button>
      }
      entries={[
        {
          id: 'out',
          label: 'Sign out',
          icon: <LogOut size={14} aria-hidden />,
          onAction: () => void leave(),
        },
      ]}
    />
  );
}
