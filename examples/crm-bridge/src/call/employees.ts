/** What the employees at the extensions are called: `453*101` to a name. */
export type Employees = Readonly<Record<string, string>>

/** An extension comes from the wire: it may have the name of what every object has. */
export const employeeAt = (employees: Employees, extension: string | undefined): string | undefined =>
  extension !== undefined && Object.hasOwn(employees, extension) ? employees[extension] : undefined
