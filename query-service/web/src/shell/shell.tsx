import { Command } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../components/button';
import { ToastRegion } from '../components/toast';
import { CommandPalette } from './command-palette';
import { KeysDialog } from './keys-dialog';
import { LedgerLine } from './ledger-line';
import { Navigation } from './navigation';
import styles from './shell.module.css';
import { ThemeMenu } from './theme-menu';
import { useGlobalKeys } from './use-global-keys';
import { UserMenu } from './user-menu';

/** What is around every screen. */
export function Shell({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<'commands' | 'keys'>();
  useGlobalKeys(setOpened);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <header className={styles.bar}>
        <span className={styles.brand}>Audit log</span>
        <Navigation />
        <div className={styles.tools}>
          <Button look="quiet" onPress={() => setOpened('commands')}>
            <Command size={14} aria-hidden />
            <span className="visually-hidden">Commands</span>
            <kbd className={styles.hint}>Ctrl K</kbd>
          </Button>
          <ThemeMenu />
          <UserMenu />
        </div>
      </header>
      <main id="content" className={styles.content} tabIndex={-1}>
        {children}
      </main>
      <footer className={styles.footer}>
        <LedgerLine />
      </footer>
      <ToastRegion />
      {opened === 'commands' && (
        <CommandPalette onClose={() => setOpened(undefined)} />
      )}
      {opened === 'keys' && <KeysDialog onClose={() => setOpened(undefined)} />}
    </div>
  );
}
