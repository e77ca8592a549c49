import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildImage } from '../kit/build-image';
import { readDockerfile } from '../kit/dockerfile';
import { programs } from '../kit/programs';
import { enter } from '../kit/enter';

it('builds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-image-'));
  const p = await programs();
  const stages = readDockerfile(p, join(__dirname, '../../../Dockerfile'));
  const t = Date.now();
  const image = buildImage(p, stages, folder);
  console.log(image, Date.now() - t);
  const e = enter({ image, command: ['sh', '-c', 'id; ls -la / /var/lib/otel-audit; touch /app/x; touch /x; touch /tmp/y; touch /t/x; node -v; cat /proc/self/status | grep Cap; ls /app'], workdir: '/app', writable: ['/tmp'] });
  console.log(await e.ended, e.output());
}, 600000);
