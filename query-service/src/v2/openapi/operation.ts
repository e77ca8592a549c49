import type { Permission } from '../../audit-log-plugin';
import type { HttpErrorName } from '../../http-error';
import type {
  ParameterDescription,
  ParameterTable,
} from '../../http/parameter-table';
import type { Schema } from './schemas/json-schema';

/** An answer when all went well. */
export interface Answer {
  description: string;
  /** Media types, with what is in them; absent: no body. */
  content?: Readonly<Record<string, Schema>> | undefined;
  /** What each says. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** What can be done at a path, as it is described. */
export interface Operation {
  /** As Express has it. */
  path: string;
  /** `get` if nothing is said. */
  method?: 'post' | 'put' | 'delete' | undefined;
  operationId: string;
  summary: string;
  description?: string | undefined;
  /** Permissions of a token or a session; `anyone` needs neither, `whoever` any of them. */
  needs: 'anyone' | 'whoever' | readonly Permission[];
  /** Of the path. */
  id?: ParameterDescription | undefined;
  /** Absent: the query is not looked at. */
  query?: ParameterTable | undefined;
  headers?: ParameterTable | undefined;
  /** Schemas of what a request brings, by media type. */
  body?: Readonly<Record<string, object>> | undefined;
  /** By status. */
  answers: Readonly<Record<number, Answer>>;
  /** What may go wrong beside what follows from the rest. */
  failures?: readonly HttpErrorName[] | undefined;
  /** The media type of failures, `application/json` if nothing is said. */
  failsAs?: string | undefined;
}

/** An answer of JSON. */
export function json(
  description: string,
  schema: Schema,
  headers?: Answer['headers'],
): Answer {
  return { description, content: { 'application/json': schema }, headers };
}
