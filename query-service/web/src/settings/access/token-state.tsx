import type { Token } from '../../api/tokens';
import { StateMark } from '../../components/state-mark';

const STATES = {
  waiting: ['idle', 'waits for its secret'],
  active: ['good', 'active'],
  expired: ['warning', 'expired'],
} as const;

/** Whether a token admits somebody. */
export function TokenState({
  token,
  isChanged,
}: {
  token: Token;
  isChanged: boolean;
}) {
  if (isChanged)
    return <StateMark tone="warning">changed, not saved</StateMark>;
  const [tone, words] = STATES[token.state];
  return <StateMark tone={tone}>{words}</StateMark>;
}
