const {
  coreServices,
  createBackendPlugin,
} = require('@backstage/backend-plugin-api');

/** A plugin that audits at its start, and whose only route is open to everybody: `GET /api/desk/visit`. */
exports.openPlugin = createBackendPlugin({
  pluginId: 'desk',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        httpRouter: coreServices.httpRouter,
      },
      async init({ auditor, httpRouter }) {
        const opening = await auditor.createEvent({
          eventId: 'opening',
          severityLevel: 'high',
          meta: { actionType: 'open', entityRef: 'system:default/desk' },
        });
        await opening.success();

        httpRouter.addAuthPolicy({ path: '/visit', allow: 'unauthenticated' });
        httpRouter.use((req, res, next) => {
          auditor
            .createEvent({
              eventId: 'visit',
              // Not a level: Backstage does not check it.
              severityLevel: req.query.severity ?? 'medium',
              request: req,
              meta: { queryType: 'walk-in' },
            })
            .then(async (visit) => {
              if (req.query.fail === undefined) await visit.success();
              else await visit.fail({ error: new Error('token=abc is wrong') });
              res.json({ welcome: true });
            })
            .catch(next);
        });
      },
    });
  },
});
