/** The events of plugin `audit-log` that this service makes; emitters make those of their streams. */
export const ownEventId = {
  eventsRead: 'events-read',
  accessRefused: 'access-refused',
  ruleCreate: 'rule-create',
  ruleChange: 'rule-change',
  ruleDelete: 'rule-delete',
  rulesReplace: 'rules-replace',
  rulesDryRun: 'rules-dry-run',
  tokenCreate: 'token-create',
  tokenChange: 'token-change',
  tokenSecretSet: 'token-secret-set',
  tokenRevoke: 'token-revoke',
  tokenDelete: 'token-delete',
  signIn: 'sign-in',
  signOut: 'sign-out',
} as const;
