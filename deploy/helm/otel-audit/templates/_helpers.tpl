{{- define "otel-audit.fullname" -}}
{{- $name := .Release.Name -}}
{{- if not (contains .Chart.Name $name) }}{{ $name = printf "%s-%s" $name .Chart.Name }}{{ end -}}
{{- .Values.fullnameOverride | default $name | trunc 50 | trimSuffix "-" -}}
{{- end }}

{{/* Labels of a part: (list . "receiver"). */}}
{{- define "otel-audit.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "otel-audit.labels" -}}
{{- $root := index . 0 -}}
{{ include "otel-audit.selector" . }}
app.kubernetes.io/part-of: otel-audit
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{- define "otel-audit.image" -}}
{{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) }}
{{- end }}

{{- define "otel-audit.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "otel-audit.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* Where a pod may run: (list . "receiver" .Values.receiver). Copies keep away from each other's nodes where they can. */}}
{{- define "otel-audit.scheduling" -}}
{{- $part := index . 2 -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "otel-audit.selector" . | nindent 8 }}
{{- with $part.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $part.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $part.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The folders of the secrets as volumes: (list . (list "receiver-url") (list "ingest-token")): what a part does not need, it does not see. */}}
{{- define "otel-audit.secretVolume" -}}
{{- $root := index . 0 -}}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      - secret:
          name: {{ required "set database.existingSecret to the name of a Secret with owner-url, receiver-url, query-url and reader-url" $root.Values.database.existingSecret }}
          items:
            {{- range index . 1 }}
            - { key: {{ . }}, path: {{ . }} }
            {{- end }}
      {{- with index . 2 }}
      - secret:
          name: {{ required "set tokens.existingSecret to the name of a Secret with ingest-token, api-token and admin-token" $root.Values.tokens.existingSecret }}
          items:
            {{- range . }}
            - { key: {{ . }}, path: {{ . }} }
            {{- end }}
      {{- end }}
{{- end }}

{{- define "otel-audit.secretMount" -}}
- { name: secrets, mountPath: /run/secrets/otel-audit, readOnly: true }
{{- end }}

{{/* Makes pods start anew when audit.yaml changes; its exclusion rules would not need that, its settings do. */}}
{{- define "otel-audit.podAnnotations" -}}
{{- $annotations := dict -}}
{{- if (index . 0).Values.config }}{{ $_ := set $annotations "checksum/config" ((index . 0).Values.config | sha256sum) }}{{ end -}}
{{- with merge $annotations (index . 1).podAnnotations -}}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "otel-audit.env" -}}
{{- range $name, $value := . }}
- { name: {{ $name }}, value: {{ $value | toString | quote }} }
{{- end }}
{{- end }}

{{- define "otel-audit.imagePullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* http or https, as the receivers speak. */}}
{{- define "otel-audit.receiverScheme" -}}
{{- if .Values.receiver.tls.existingSecret }}https{{ else }}http{{ end -}}
{{- end }}
