/** The API described for programs, below the plugin. */
export const OPENAPI_PATH = '/v2/openapi.json';

/** The same as a page for people, and how that looks. */
export const DOCS_PATH = '/v2/docs';
export const DOCS_STYLE_PATH = '/v2/docs.css';
