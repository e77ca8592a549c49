/** Where the seeded database lies unless `--folder` says otherwise; git ignores it. */
export const DATA_FOLDER = '.audit-bench';
