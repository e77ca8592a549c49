import type { Contender } from './contender';
import { backstageDefault } from './contenders/backstage-default';
import { none } from './contenders/none';
import { ours } from './contenders/ours';
import { stockSdk } from './contenders/stock-sdk';
import { realOperations } from './real-operations';
import { runTurn } from './run-turn';
import type { TurnOptions } from './run-turn';
import { takeTurns } from './turn-process';

/** The auditors that are compared, each of which gets a process of its own. */
const contenders = { none, ours, backstageDefault, stockSdk } satisfies Record<
  string,
  (endpoint: string) => Contender<any>
>;

export type ContenderName = keyof typeof contenders;

export interface EnqueueOptions extends TurnOptions {
  contender: ContenderName;
  endpoint: string;
}

const options = JSON.parse(process.argv[2]!) as EnqueueOptions;
const contender: Contender<any> = contenders[options.contender](
  options.endpoint,
);
const operations = realOperations();

takeTurns({
  turn: () => runTurn(contender, operations, options),
  close: () => contender.close(),
});
