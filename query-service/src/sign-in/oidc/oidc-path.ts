/** Begins a sign-in at the identity provider. */
export const OIDC_PATH = '/api/session/oidc';

/** Where the provider sends browsers back to, below the public URL: to be registered there. */
export const CALLBACK_PATH = `${OIDC_PATH}/callback`;
