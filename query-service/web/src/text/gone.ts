/** Why a script of the page is not there. */
export const GONE =
  'A part of the page could not be fetched: the service does not answer, or it is another version now';
