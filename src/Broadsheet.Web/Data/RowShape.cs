using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Broadsheet.Web.Data;

/// <summary>How rows of an entity look to a bulk insert: columns, their store types and the values as stored, from EF's own model.</summary>
internal sealed class RowShape
{
    private static readonly ConcurrentDictionary<(Type Context, Type Entity), RowShape> Known = new();

    private readonly System.Reflection.PropertyInfo? _id;

    private RowShape(IEntityType entity)
    {
        if (entity.GetComplexProperties().Any()) throw new NotSupportedException($"{entity.DisplayName()} has complex properties: add it through the context.");
        Table = entity.GetTableName()!;
        Columns = [.. entity.GetProperties().Select(p => new Column(p))];
        _id = entity.FindProperty("Id")?.PropertyInfo;
        var given = Columns.Where(c => c.Name != "id").ToList();
        Insert = $"INSERT INTO \"{Table}\" ({string.Join(',', given.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(',', given.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}")))}) RETURNING id";
    }

    public string Table { get; }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Inserts one row, its columns in their order but for the id, which it gives back.</summary>
    public string Insert { get; }

    public static RowShape Of<T>(BroadsheetDb db) => Known.GetOrAdd((db.GetType(), typeof(T)), static (key, model) => new RowShape(model.FindEntityType(key.Entity)!), db.Model);

    /// <summary>Tells a row the id that the database gave it.</summary>
    public void Identify(object row, long id) => (_id ?? throw new NotSupportedException($"{Table} has no id.")).SetValue(row, id);

    internal sealed class Column
    {
        private readonly Func<object?, object?>? _convert;
        private readonly IPropertyBase _property;

        public Column(IProperty property)
        {
            _property = property;
            Name = property.GetColumnName();
            StoreType = property.GetRelationalTypeMapping().StoreType;
            _convert = property.GetTypeMapping().Converter?.ConvertToProvider;
        }

        public string Name { get; }
        public string StoreType { get; }

        public object? ValueOf(object row)
        {
            var value = _property.GetGetter().GetClrValue(row);
            return value is null ? null : _convert is null ? (value is Enum e ? Convert.ToInt32(e) : value) : _convert(value);
        }
    }
}
