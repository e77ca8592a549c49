const {
  coreServices,
  createBackendPlugin,
} = require('@backstage/backend-plugin-api');

/** Runs a task as the scaffolder does: without a request, with the person in `meta.createdBy`. `GET /api/scaffolder/run` */
exports.taskPlugin = createBackendPlugin({
  pluginId: 'scaffolder',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        httpRouter: coreServices.httpRouter,
      },
      async init({ auditor, httpRouter }) {
        async function run() {
          const event = await auditor.createEvent({
            eventId: 'task',
            severityLevel: 'medium',
            meta: {
              actionType: 'execution',
              taskId: '17',
              createdBy: 'user:default/john',
            },
          });
          await event.success();
        }

        httpRouter.addAuthPolicy({ path: '/run', allow: 'unauthenticated' });
        httpRouter.use((req, res, next) => {
          run().then(() => res.json({ done: true }), next);
        });
      },
    });
  },
});
