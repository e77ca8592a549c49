import { API_TOKEN } from './service';
import type { Answer, TestService } from './service';

/** Asks version 2 of the API with the API token. */
export function asker(service: () => TestService) {
  return (path: string, init: RequestInit = {}): Promise<Answer> =>
    service().request(`/api/audit-log/v2/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${API_TOKEN}`, ...init.headers },
    });
}
