import type { SeverityLevel } from 'audit-event';
import type { Auditor, CreateEventOptions } from './create-auditor';
import { describeFields } from './meta-fields';
import type { DescribedField, MetaFields, MetaOf } from './meta-fields';
import { withAudit } from './with-audit';
import type { RunningEvent } from './with-audit';

/** What is the same each time an event occurs. */
export interface EventDefinition<Fields extends MetaFields> {
  /** In kebab-case, such as `order-cancel`. */
  eventId: string;
  /** Default: low. */
  severityLevel?: SeverityLevel | undefined;
  /** Default: that of the auditor. */
  pluginId?: string | undefined;
  /** `meta.actionType` of each occurrence, such as `cancel`. */
  actionType?: string | undefined;
  /** What it means that this event is in the audit trail, for documentation. */
  description?: string | undefined;
  /** The fields of meta: `{ entityRef: 'string', refund: 'number?' }`. */
  meta?: Fields | undefined;
}

/** What differs each time an event occurs: its meta, as it was defined, and all else that `createEvent` takes. */
export type Occurrence<Fields extends MetaFields> = Omit<
  CreateEventOptions,
  'eventId' | 'meta'
> &
  (keyof Fields extends never
    ? { meta?: undefined }
    : {} extends MetaOf<Fields>
      ? { meta?: MetaOf<Fields> | undefined }
      : { meta: MetaOf<Fields> });

/** An event as documentation has it. */
export interface DescribedEvent {
  eventId: string;
  severityLevel: SeverityLevel;
  pluginId?: string;
  actionType?: string;
  description?: string;
  meta: DescribedField[];
}

/** An event of the catalogue: a function from what differs to the options of `createEvent`. */
export interface DefinedEvent<Fields extends MetaFields> {
  (
    ...occurrence: {} extends Occurrence<Fields>
      ? [occurrence?: Occurrence<Fields>]
      : [occurrence: Occurrence<Fields>]
  ): CreateEventOptions;
  /** Runs a function as one occurrence of the event: see `withAudit`. */
  audit<Result>(
    auditor: Pick<Auditor, 'createEvent'>,
    occurrence: Occurrence<Fields>,
    run: (
      event: RunningEvent<Partial<MetaOf<Fields>>>,
    ) => Result | Promise<Result>,
  ): Promise<Result>;
  /** For `describeEvents`. */
  readonly described: DescribedEvent;
}

/**
 * Defines an event once, so that each place that audits it says the same and its meta is checked by the compiler. At run
 * time meta is not checked: an audit trail rather has an odd record than none.
 *
 * @throws an Error that names the field whose type is none
 * @example
 * const orderCancel = defineEvent({
 *   eventId: 'order-cancel',
 *   severityLevel: 'medium',
 *   actionType: 'cancel',
 *   meta: { entityRef: 'string', refund: 'number?' },
 * });
 * const event = await auditor.createEvent(orderCancel({ actor, meta: { entityRef: 'order:17' } }));
 */
export function defineEvent<const Fields extends MetaFields = {}>(
  definition: EventDefinition<Fields>,
): DefinedEvent<Fields> {
  const { eventId, severityLevel, pluginId, actionType, description } =
    definition;
  const described: DescribedEvent = {
    eventId,
    severityLevel: severityLevel ?? 'low',
    ...(pluginId !== undefined && { pluginId }),
    ...(actionType !== undefined && { actionType }),
    ...(description !== undefined && { description }),
    meta: describeFields(definition.meta ?? {}, eventId),
  };
  const occur = (
    occurrence?: Partial<Occurrence<MetaFields>>,
  ): CreateEventOptions => ({
    severityLevel,
    pluginId,
    ...occurrence,
    eventId,
    meta: actionType ? { actionType, ...occurrence?.meta } : occurrence?.meta,
  });
  return Object.assign(occur, {
    described,
    audit: <Result>(
      auditor: Pick<Auditor, 'createEvent'>,
      occurrence: Occurrence<Fields>,
      run: (event: RunningEvent) => Result | Promise<Result>,
    ) => withAudit(auditor, occur(occurrence), run),
  });
}
