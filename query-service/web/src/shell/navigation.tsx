import { Link, useLocation } from 'wouter';
import { screens } from '../routes';
import { classes } from '../components/classes';
import styles from './shell.module.css';

/** Links to all screens that have a name, those of the settings together. */
export function Navigation() {
  const [here] = useLocation();
  const named = screens.filter(({ label }) => label !== undefined);
  const alone = named.filter(({ group }) => group === undefined);
  const settings = named.filter(({ group }) => group === 'Settings');
  const isIn = (path: string) => here === path || here.startsWith(`${path}/`);
  const item = ({ path, label }: (typeof screens)[number]) => (
    <li key={path}>
      <Link
        href={path}
        className={classes(styles.link, isIn(path) && styles.here)}
        aria-current={here === path ? 'page' : undefined}
      >
        {label}
      </Link>
    </li>
  );
  return (
    <nav aria-label="Main" className={styles.navigation}>
      <ul>{alone.map(item)}</ul>
      {settings.length > 0 && (
        <>
          <span className={styles.group} id="navigation-settings">
            Settings
          </span>
          <ul aria-labelledby="navigation-settings">{settings.map(item)}</ul>
        </>
      )}
    </nav>
  );
}
