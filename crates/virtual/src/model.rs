//! Virtual models and their mappings, as data: which virtual objects and fields there are, and what of the provider
//! each of them stands for.

use penstock_connector::{Name, Type, describe};

use crate::lens::{Cast, Conversion, Direct, Enumeration, Lens, Reference, Unknown};

/// A virtual model, mapped to what an account holds.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Its name in paths.
    pub name: Name,
    /// Its objects, in order.
    pub objects: Vec<ObjectMapping>,
}

/// A virtual object.
#[derive(Clone, Debug)]
pub struct ObjectMapping {
    /// Its virtual name.
    pub name: Name,
    /// The provider's object.
    pub provider: Name,
    /// Its fields, in order.
    pub fields: Vec<FieldMapping>,
    /// Whether the provider's custom fields are fields too, under the names that it suggests.
    pub with_custom: bool,
}

/// A virtual field.
#[derive(Clone, Debug)]
pub struct FieldMapping {
    /// Its virtual name.
    pub name: Name,
    /// The provider's field.
    pub path: Name,
    /// The kind of mapping.
    pub mapping: Mapping,
}

/// The kinds of mapping.
#[derive(Clone, Debug)]
pub enum Mapping {
    /// The field as it is.
    Direct,
    /// Words for options.
    Enumeration(Vec<(Name, Name)>, Unknown),
    /// The id of a record of another object.
    Reference,
    /// A value of another type.
    Cast(Conversion),
}

impl Configuration {
    /// The object of that virtual name.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<&ObjectMapping> {
        self.objects.iter().find(|o| o.name == name)
    }

    /// The object that a provider's object is mapped to.
    #[must_use]
    pub fn of_provider(&self, provider: &str) -> Option<&ObjectMapping> {
        self.objects.iter().find(|o| o.provider == provider)
    }

    /// The lens of a mapping over a provider's field. A reference to an object that is not mapped is shown as it is.
    #[must_use]
    pub fn lens(&self, mapping: &FieldMapping, field: &describe::Field) -> Box<dyn Lens> {
        let path = mapping.path.clone();
        match &mapping.mapping {
            Mapping::Enumeration(pairs, unknown) => Box::new(Enumeration::new(path, pairs.clone(), *unknown)),
            Mapping::Cast(conversion) => Box::new(Cast::new(path, conversion.clone())),
            Mapping::Direct | Mapping::Reference => match self.target(&field.kind) {
                Some(target) => Box::new(Reference::new(path, target)),
                None => Box::new(Direct::new(path)),
            },
        }
    }

    /// The virtual object that values of a type refer to.
    fn target(&self, kind: &Type) -> Option<Name> {
        Some(self.of_provider(kind.target()?)?.name.clone())
    }
}
