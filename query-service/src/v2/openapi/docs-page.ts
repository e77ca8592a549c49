import { escapeHtml } from '../../http/escape-html';
import type {
  DocumentedContent,
  DocumentedOperation,
  OpenApiDocument,
} from './openapi-document';
import { schemaHtml } from './schema-html';

/**
 * The description of the API as a page for people: no script, nothing from elsewhere.
 *
 * @param stylePath where the style sheet is
 */
export function docsPage(document: OpenApiDocument, stylePath: string): string {
  const { info, paths, components } = document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
  const links = operations.map(
    ({ name, operation }) =>
      `<li><a href="#${operation.operationId}"><code>${escapeHtml(name)}</code></a> ${escapeHtml(operation.summary)}</li>`,
  );
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<section id="schema-${name}" aria-labelledby="name-of-${name}"><h3 id="name-of-${name}">${name}</h3>${schemaHtml(schema)}</section>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>API - otel-audit</title>
    <link rel="stylesheet" href="${escapeHtml(stylePath)}" />
  </head>
  <body>
    <header>
      <h1>${escapeHtml(info.title)} ${escapeHtml(info.version)}</h1>
      ${info.description
        .split('\n\n')
        .map((text) => `<p>${escapeHtml(text)}</p>`)
        .join('')}
      <p>For programs: <a href="openapi.json">openapi.json</a> (OpenAPI ${escapeHtml(document.openapi)}).</p>
    </header>
    <nav aria-label="Requests"><ul>${links.join('\n')}</ul></nav>
    <main>
      <h2>Requests</h2>
      ${operations.map(({ name, operation }) => operationHtml(name, operation)).join('\n')}
      <h2>Schemas</h2>
      ${schemas.join('\n')}
    </main>
  </body>
</html>
`;
}

function operationHtml(name: string, operation: DocumentedOperation): string {
  const { operationId, summary, description, security } = operation;
  const { parameters = [], requestBody, responses } = operation;
  const parameterRows = parameters.map((one) => [
    `<code>${escapeHtml(one.name)}</code>`,
    `${one.in}${one.required ? ', required' : ''}`,
    schemaHtml(one.schema),
    escapeHtml(one.description ?? ''),
  ]);
  const answerRows = Object.entries(responses).map(([status, answer]) => [
    status,
    escapeHtml(answer.description),
    escapeHtml(Object.keys(answer.headers ?? {}).join(', ')),
    contentHtml(answer.content ?? {}),
  ]);
  return `<section id="${operationId}" aria-labelledby="name-of-${operationId}">
<h3 id="name-of-${operationId}"><code>${escapeHtml(name)}</code></h3>
<p>${escapeHtml(summary)}. ${escapeHtml(description ?? '')} ${security?.length === 0 ? 'Needs no token.' : ''}</p>
${tableHtml('Parameters', ['Name', 'In', 'Value', 'Meaning'], parameterRows)}
${requestBody ? `<h4>Body</h4>${contentHtml(requestBody.content)}` : ''}
${tableHtml('Answers', ['Status', 'When', 'Headers', 'Body'], answerRows)}
</section>`;
}

function contentHtml(content: DocumentedContent): string {
  return Object.entries(content)
    .map(
      ([type, { schema }]) =>
        `<div><code>${escapeHtml(type)}</code> ${schemaHtml(schema)}</div>`,
    )
    .join('');
}

/** @param rows HTML */
function tableHtml(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return '';
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  const body = rows
    .map(
      ([first, ...others]) =>
        `<tr><th scope="row">${first}</th>${others.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
    )
    .join('\n');
  // Wide on a narrow screen: then it is this that scrolls, also by keyboard.
  return `<div class="table" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
