import { useEffect, useRef } from 'react';
import type { RulesCheck } from '../../api/rules';
import { createYamlEditor } from './create-yaml-editor';
import type { YamlEditor } from './create-yaml-editor';
import styles from './rules.module.css';

/** The rules as YAML, with the API's sentence at the line that is wrong. */
export function YamlField({
  text,
  check,
  isReadOnly,
  onChange,
}: {
  text: string;
  check: RulesCheck | undefined;
  isReadOnly: boolean;
  onChange: (text: string) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<YamlEditor>(undefined);
  const latest = useRef({ text, onChange });

  useEffect(() => {
    latest.current = { text, onChange };
  });

  useEffect(() => {
    const made = createYamlEditor(host.current!, latest.current.text, {
      isReadOnly,
      onChange: (next) => latest.current.onChange(next),
    });
    editor.current = made;
    return () => made.close();
  }, [isReadOnly]);

  useEffect(() => editor.current?.show(text), [text]);
  useEffect(() => {
    const isWrong = check?.status === 'invalid';
    editor.current?.mark(
      isWrong ? { line: check.line ?? 1, reason: check.reason } : undefined,
    );
  }, [check]);

  return <div ref={host} className={styles.yaml} data-yaml />;
}
