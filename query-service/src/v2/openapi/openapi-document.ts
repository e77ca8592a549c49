import type { Schema } from './schemas/json-schema';

/** A parameter as the document has it. */
export interface DocumentedParameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
}

/** Schemas by media type. */
export type DocumentedContent = Readonly<Record<string, { schema: Schema }>>;

export interface DocumentedAnswer {
  description: string;
  headers?: Readonly<Record<string, { description: string }>>;
  content?: DocumentedContent;
}

export interface DocumentedOperation {
  operationId: string;
  summary: string;
  description?: string | undefined;
  security?: readonly object[];
  parameters?: readonly DocumentedParameter[];
  requestBody?: { required: true; content: DocumentedContent };
  /** By status. */
  responses: Readonly<Record<string, DocumentedAnswer>>;
}

/** What this service writes of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html). */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  externalDocs: { url: string; description: string };
  servers: readonly { url: string }[];
  security: readonly object[];
  /** By path, then by method in lower case. */
  paths: Readonly<
    Record<string, Readonly<Record<string, DocumentedOperation>>>
  >;
  components: {
    securitySchemes: Readonly<Record<string, object>>;
    schemas: Readonly<Record<string, Schema>>;
  };
}
