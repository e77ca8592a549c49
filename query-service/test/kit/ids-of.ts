import type { TestService } from '../service';

/** The id of one of each kind of what was planted, and of a rule, a hold and a token that are made here. */
export async function idsOf(
  service: TestService,
): Promise<Record<string, string>> {
  const first = async (path: string) =>
    (await service.admin('GET', path)).body.data[0] as Record<string, string>;
  const made = async (path: string, body: object) =>
    (await service.admin('POST', path, { body })).body.id as string;
  return {
    event: (await first('/v2/events'))['id']!,
    operation: (await first('/v2/events?has=operation_id'))['operation_id']!,
    stream: (await first('/v2/streams'))['id']!,
    quarantined: (await first('/v2/quarantine'))['id']!,
    rule: await made('/v2/rules', {
      rule: { actorId: 'plugin:a' },
      comment: 'why',
    }),
    hold: await made('/v2/holds', { reason: 'case 7' }),
    token: await made('/v2/tokens', { subject: 'siem' }),
  };
}
