/** The page on which a person signs in. */
export const SIGN_IN_PATH = '/sign-in';
