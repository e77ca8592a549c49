import { placeInStream } from './place-in-stream';

const streamId = '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e';

it.each([
  ['both', streamId, 7, { streamId, sequence: 7 }],
  ['upper case', streamId.toUpperCase(), 7, { streamId, sequence: 7 }],
  ['no stream', undefined, 7, undefined],
  ['a number for a stream', 5, 7, undefined],
  ['no sequence', streamId, undefined, undefined],
  ['a negative sequence', streamId, -1, undefined],
  ['a fraction', streamId, 0.5, undefined],
  ['a text', streamId, '7', undefined],
])('placeInStream reads %s', (_, stream, sequence, place) => {
  const attributes = {
    ...(stream !== undefined && { 'audit.stream.id': stream }),
    ...(sequence !== undefined && { 'audit.sequence.number': sequence }),
  };
  expect(placeInStream({ attributes })).toEqual(place);
});
