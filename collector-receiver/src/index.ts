export { decodeProtobuf } from './decode/decode-protobuf';
export { decodeJson } from './decode/decode-json';
