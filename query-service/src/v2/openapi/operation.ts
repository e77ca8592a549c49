import type { Permission } from '../../audit-log-plugin';
import type { ParameterDescription } from './parameters';

/** What can be done at a path, as it is described. */
export interface Operation {
  path: string;
  /** `get` if nothing is said. */
  method?: 'post' | 'put' | 'delete' | undefined;
  operationId: string;
  summary: string;
  parameters: readonly ParameterDescription[];
  /** The schema of the JSON that a request brings. */
  body?: object | undefined;
  /** Of the answer when all went well; 200 if nothing is said. */
  success?: number | undefined;
  /** Media types of the answer, with what is in it. */
  content: Record<string, object>;
  /** `audit.log.read` if nothing is said. */
  permission?: Permission | undefined;
}
