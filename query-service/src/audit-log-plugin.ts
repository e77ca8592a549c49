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

/** To take all events that a search finds away at once. */
export const exportPermission: Permission = {
  name: 'audit.log.export',
  action: 'read',
};
