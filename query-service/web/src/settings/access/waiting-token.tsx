import { Button } from '../../components/button';
import { Callout } from '../../components/callout';
import { HowToCall } from './how-to-call';

/** How to give `audit-log-api-access` its secret, while it has none. */
export function WaitingToken({ onOpen }: { onOpen: (() => void) | undefined }) {
  return (
    <Callout>
      <p>
        <strong>Set the token of the API.</strong> The entry{' '}
        <code>audit-log-api-access</code> is there and waits for its secret:
        open it, paste a secret or generate one, <em>Update item</em>, then{' '}
        <em>Save</em>. From then on this reads events:
      </p>
      <HowToCall />
      {onOpen ? (
        <Button look="primary" onPress={onOpen}>
          Open audit-log-api-access
        </Button>
      ) : (
        <p>
          That takes the permission <code>audit.settings.write</code>, which you
          do not have.
        </p>
      )}
    </Callout>
  );
}
