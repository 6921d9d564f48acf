/** The kind of job that counts once a day what a workspace uses; its row is the workspace. */
export const reconcileUsage = 'reconcile-usage';
