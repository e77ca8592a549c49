import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../../test/src/free-port';

export interface IdentityProviderOptions {
  /** As oidc-provider takes them. */
  clients: object[];
  /** Claims by account. */
  accounts: Record<string, object>;
  /** Any free one, when not given. */
  port?: number;
}

export interface TestIdentityProvider {
  issuer: string;
  /** Signs in this account from now on, without asking; an empty one cancels. */
  signInAs(account: string): Promise<void>;
  close(): Promise<void>;
}

/** A real identity provider on loopback (oidc-provider), in a process of its own. */
export async function startIdentityProvider({
  clients,
  accounts,
  port,
}: IdentityProviderOptions): Promise<TestIdentityProvider> {
  const taken = port ?? (await freePort());
  const script = join(__dirname, 'identity-provider-process.mjs');
  const options = JSON.stringify({ port: taken, clients, accounts });
  const child = spawn(process.execPath, [script, options], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  // It warns of its keys for development; what it says is of interest when it ends.
  child.stderr.on('data', (chunk) => (said += chunk));
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const line = async () => {
    const answer = await Promise.race([
      once(lines, 'line'),
      ended.then(() => undefined),
    ]);
    if (!answer) throw new Error(`the identity provider ended: ${said}`);
  };
  await line();
  return {
    issuer: `http://127.0.0.1:${taken}`,
    async signInAs(account) {
      const answered = line();
      child.stdin.write(`${account}\n`);
      await answered;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
