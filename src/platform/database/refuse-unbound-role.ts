import type { DataSource } from 'typeorm';

/** Throws where row-level security would not bind the role that the server signs in as. */
export async function refuseUnboundRole(source: DataSource): Promise<void> {
  const [role] = await source.query<
    { name: string; superuser: boolean; bypass: boolean; definer: boolean; owns: number }[]
  >(
    `select r.rolname as name, r.rolsuper as superuser, r.rolbypassrls as bypass,
            exists (select from pg_roles d where d.rolname = 'parley_definer' and pg_has_role(r.oid, d.oid, 'member')) as definer,
            (select count(*)::int from pg_class c
              where c.relowner = r.oid or pg_has_role(r.oid, c.relowner, 'usage') and c.relnamespace = 'public'::regnamespace) as owns
       from pg_roles r where r.rolname = current_user`,
  );
  if (role === undefined) throw new Error('The database did not say which role DATABASE_URL signs in as.');
  const faults = [
    role.superuser ? 'is a superuser' : null,
    role.bypass ? 'may bypass row-level security (BYPASSRLS)' : null,
    role.owns > 0 ? 'owns tables' : null,
    role.definer && !role.superuser ? 'has the rights of parley_definer' : null,
  ].filter((fault) => fault !== null);
  if (faults.length > 0) {
    throw new Error(
      `Parley does not start as the database role "${role.name}": it ${faults.join(' and ')}, so one workspace could read ` +
        `another's rows. Give DATABASE_URL a role of its own: create role parley_app login password '...' nosuperuser nobypassrls;`,
    );
  }
}
