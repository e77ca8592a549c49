import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { resolveActor } from './backstage-actor';
import type { ActorDeps, ResolvedActor } from './backstage-actor';
import { credentialsOf, fakeAuth } from './backstage.test.helper';

type Request = Parameters<typeof resolveActor>[1];
const request = {} as NonNullable<Request>;

const depsWith = (
  credentials: () => Promise<BackstageCredentials>,
): ActorDeps => ({
  auth: fakeAuth('catalog'),
  httpAuth: { credentials: credentials as never },
  pluginId: 'catalog',
});

describe('resolveActor', () => {
  it.each<[string, object, ResolvedActor]>([
    [
      'the user',
      { type: 'user', userEntityRef: 'user:default/john' },
      { actor: { type: 'user', id: 'user:default/john' } },
    ],
    [
      'the user, and the plugin that acts for them',
      {
        type: 'user',
        userEntityRef: 'user:default/john',
        actor: { type: 'service', subject: 'plugin:scaffolder' },
      },
      {
        actor: {
          type: 'user',
          id: 'user:default/john',
          initiatorId: 'plugin:scaffolder',
        },
      },
    ],
    [
      'the calling plugin',
      { type: 'service', subject: 'plugin:search' },
      { actor: { type: 'service', id: 'plugin:search' } },
    ],
    [
      'an external service as its subject says',
      { type: 'service', subject: 'ci-bot' },
      { actor: { type: 'service', id: 'ci-bot' } },
    ],
    ['nobody without credentials', { type: 'none' }, { actor: undefined }],
  ])('finds %s', async (_, principal, expected) => {
    const deps = depsWith(async () => credentialsOf(principal));
    expect(await resolveActor(deps, request, {})).toEqual(expected);
  });

  it('finds nobody when credentials are invalid, and says why without their secrets', async () => {
    const deps = depsWith(async () => {
      throw new Error('Illegal token: abc');
    });
    expect(await resolveActor(deps, request, {})).toEqual({
      actor: undefined,
      error: 'Error: Illegal token: REDACTED',
    });
  });

  it('finds nobody when the auth service throws at once', async () => {
    const deps = depsWith(() => {
      throw new Error('bug');
    });
    expect(await resolveActor(deps, request, {})).toEqual({
      actor: undefined,
      error: 'Error: bug',
    });
  });

  it('finds the plugin itself where there is no request', async () => {
    const deps = depsWith(async () => credentialsOf({ type: 'none' }));
    expect(await resolveActor(deps, undefined, {})).toEqual({
      actor: { type: 'service', id: 'plugin:catalog' },
    });
  });

  it('finds the plugin itself even when its own credentials do not resolve', async () => {
    const deps: ActorDeps = {
      ...depsWith(async () => credentialsOf({ type: 'none' })),
      auth: {
        ...fakeAuth('catalog'),
        getOwnServiceCredentials: () => Promise.reject(new Error('no key')),
      },
    };
    expect(await resolveActor(deps, undefined, {})).toEqual({
      actor: { type: 'service', id: 'plugin:catalog' },
    });
  });

  it.each<[string, object, string, string | undefined]>([
    [
      'the person who started it',
      { createdBy: 'user:default/jo' },
      'scaffolder',
      'user:default/jo',
    ],
    ['nobody where that is no text', { createdBy: 7 }, 'scaffolder', undefined],
    [
      'nobody in other plugins',
      { createdBy: 'user:default/jo' },
      'catalog',
      undefined,
    ],
  ])(
    'as initiator of a task, finds %s',
    async (_, meta, pluginId, initiatorId) => {
      const deps: ActorDeps = {
        ...depsWith(async () => credentialsOf({ type: 'none' })),
        auth: fakeAuth(pluginId),
        pluginId,
      };
      const { actor } = await resolveActor(deps, undefined, { ...meta });
      expect(actor).toEqual({
        type: 'service',
        id: `plugin:${pluginId}`,
        ...(initiatorId === undefined ? {} : { initiatorId }),
      });
    },
  );
});
