/** `service:type/id`: an ARN without its place. What comes after the account is cut to so many fields. */
export function shortArn(arn: string, { fields = Number.POSITIVE_INFINITY } = {}): string {
  const [, , service = '', , , ...resource] = arn.split(':');
  return resource.length === 0 ? arn : [service, ...resource.slice(0, fields)].join(':');
}
