import { Checkbox } from '../../components/checkbox';
import styles from './access.module.css';
import { permissions, printScope } from './scope';
import type { PermissionName, Scope } from './scope';

/** What a token may do. */
export function ScopeField({
  scope,
  onChange,
}: {
  scope: Scope;
  onChange: (scope: Scope) => void;
}) {
  const names = scope.status === 'permissions' ? scope.names : [];
  const set = (name: PermissionName, isSelected: boolean) =>
    onChange({
      status: 'permissions',
      names: permissions
        .map(([one]) => one)
        .filter((one) => (one === name ? isSelected : names.includes(one))),
    });
  return (
    <fieldset className={styles.scope}>
      <legend>
        May do, in the plugin <code>audit-log</code>
      </legend>
      {scope.status === 'other' && (
        <p>
          Restricted as <code>{printScope(scope)}</code>; a choice here takes
          its place.
        </p>
      )}
      <Checkbox
        label="Everything"
        isSelected={scope.status === 'all'}
        onChange={(isSelected) =>
          onChange(
            isSelected
              ? { status: 'all' }
              : { status: 'permissions', names: ['audit.log.read'] },
          )
        }
      />
      {permissions.map(([name, label, description]) => (
        <Checkbox
          key={name}
          label={
            <>
              {label} <code>{name}</code>
            </>
          }
          description={description}
          isSelected={scope.status === 'all' || names.includes(name)}
          isDisabled={scope.status === 'all'}
          onChange={(isSelected) => set(name, isSelected)}
        />
      ))}
    </fieldset>
  );
}
