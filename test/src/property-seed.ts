import fc from 'fast-check';

/**
 * Property tests draw the same examples each time, so that a failure is of the change under test. `PROPERTY_SEED=$RANDOM npm test`
 * draws others: a counterexample that it finds becomes a case with a name.
 */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) });
