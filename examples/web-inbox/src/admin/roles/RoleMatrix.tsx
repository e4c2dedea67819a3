import type { Role } from '@tims/sdk';
import { permissionGroups, permissionNames, permissionTexts, scopeNames } from '../data/permissions.js';

/** Permission by role: in which scope each is held. */
export function RoleMatrix({ roles }: { roles: readonly Role[] }) {
  const held = new Map(
    roles.map((role) => [role.key, new Map(role.permissions.map((one) => [one.permission, one.scope]))]),
  );
  return (
    <div className="mt-10">
      <h2 className="mb-2 font-medium text-text-muted text-xs">What each role may do</h2>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it
        tabIndex={0}
        aria-label="Permissions by role"
        className="overflow-x-auto rounded-xl border border-border bg-surface"
      >
        <table className="w-full border-collapse text-left text-xs">
          <caption className="sr-only">In which scope each role holds each permission</caption>
          <thead>
            <tr className="border-border border-b">
              <th
                scope="col"
                className="sticky left-0 z-10 min-w-52 bg-surface px-4 py-2.5 font-medium text-text-muted sm:min-w-64"
              >
                Permission
              </th>
              {roles.map(({ key, name }) => (
                <th key={key} scope="col" className="min-w-24 px-3 py-2.5 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          {permissionGroups.map((group) => (
            <tbody key={group}>
              <tr className="border-border border-b bg-background">
                <th
                  scope="rowgroup"
                  colSpan={roles.length + 1}
                  className="px-4 py-1.5 font-medium text-2xs text-text-muted"
                >
                  <span className="sticky left-4">{group}</span>
                </th>
              </tr>
              {permissionNames
                .filter((permission) => permissionTexts[permission].group === group)
                .map((permission) => (
                  <tr key={permission} className="border-border border-b last:border-0">
                    <th scope="row" className="sticky left-0 z-10 bg-surface px-4 py-2 font-normal">
                      {permissionTexts[permission].allows}
                      <span className="block font-mono text-2xs text-text-muted">{permission}</span>
                    </th>
                    {roles.map(({ key }) => {
                      const scope = held.get(key)?.get(permission);
                      return (
                        <td key={key} className={scope ? 'px-3 py-2' : 'px-3 py-2 text-text-muted'}>
                          {scope ? scopeNames[scope] : <NotHeld />}
                        </td>
                      );
                    })}
                  </tr>
                ))}
            </tbody>
          ))}
        </table>
      </section>
    </div>
  );
}

function NotHeld() {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="sr-only">No</span>
    </>
  );
}
