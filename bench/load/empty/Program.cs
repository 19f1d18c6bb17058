// What a start costs at least: an ASP.NET Core app with one page and nothing else, published the same way as Broadsheet.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();
app.MapGet("/", () => "Good morning.");
await app.RunAsync();
