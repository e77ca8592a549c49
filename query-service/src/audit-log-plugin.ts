/** The API answers as this Backstage plugin would: its id is part of the path and of access restrictions. */
export const PLUGIN_ID = 'audit-log';

/** Where a Backstage backend mounts the plugin. */
export const PLUGIN_PATH = `/api/${PLUGIN_ID}`;

/** A permission as Backstage declares it: who wants to pass needs its name, and an attribute that covers its action. */
export interface Permission {
  name: string;
  action: 'create' | 'read' | 'update' | 'delete';
}

/** To read audit events. */
export const readPermission: Permission = {
  name: 'audit.log.read',
  action: 'read',
};

/** To export audit events, which is to take all of them away at once. */
export const exportPermission: Permission = {
  name: 'audit.log.export',
  action: 'read',
};

/** To see rules and tokens, never their secrets. */
export const readSettingsPermission: Permission = {
  name: 'audit.settings.read',
  action: 'read',
};

/** To change rules and tokens, which is to say what is recorded and who may see it. */
export const writeSettingsPermission: Permission = {
  name: 'audit.settings.write',
  action: 'update',
};

/** All that a token of this plugin can be restricted to. */
export const permissions: readonly Permission[] = [
  readPermission,
  exportPermission,
  readSettingsPermission,
  writeSettingsPermission,
];
