import type { Contender } from '../contender';

const begun = { success: async () => {} };

/** No auditing: what the same server takes without it. */
export function none(): Contender {
  return {
    prepare: (operation) => operation,
    createEvent: async () => begun,
    close: async () => {},
  };
}
