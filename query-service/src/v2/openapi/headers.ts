import type { ParameterTable } from '../../http/parameter-table';

/** Of a change: what is changed, as its sender saw it. */
export const ifMatch: ParameterTable = {
  'If-Match': {
    in: 'header',
    required: true,
    description: 'The ETag of what is changed, or *',
    schema: { type: 'string' },
  },
};

/** Of an answer that shows what can be changed. */
export const etag = { ETag: 'The version, for If-Match' };

/** Of an answer to what was made. */
export const location = { Location: 'The path of what was made' };
