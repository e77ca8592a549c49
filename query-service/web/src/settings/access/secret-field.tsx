import { Check, Circle, Eye, EyeOff, WandSparkles } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import layout from '../../components/stack.module.css';
import { TextField } from '../../components/text-field';
import styles from './access.module.css';
import { generateSecret, secretRules } from './secret-rules';

/** Where a secret is pasted or made, with what is asked of it. */
export function SecretField({
  secret,
  label,
  onChange,
}: {
  secret: string;
  label: string;
  onChange: (secret: string) => void;
}) {
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <div className={styles.secret}>
      <TextField
        label={label}
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        spellCheck="false"
        value={secret}
        onChange={onChange}
      />
      <div className={layout.row}>
        <Button
          onPress={() => {
            onChange(generateSecret());
            setShown(true);
          }}
        >
          <WandSparkles size={14} aria-hidden />
          Generate
        </Button>
        <Button look="quiet" onPress={() => setShown(!isShown)}>
          <Icon size={14} aria-hidden />
          {isShown ? 'Hide' : 'Show'}
        </Button>
        {secret && <CopyButton text={secret} label="Copy the secret" />}
      </div>
      <ul className={styles.rules} aria-label="What a secret needs">
        {secretRules(secret).map(({ text, isMet }) => (
          <li key={text} data-met={isMet || undefined}>
            {isMet ? (
              <Check size={13} aria-label="met" />
            ) : (
              <Circle size={13} aria-label="not yet" />
            )}{' '}
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
